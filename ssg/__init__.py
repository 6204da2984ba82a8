"""`ssg` turns raw article text into a news site in which every source and author is credited."""

__version__ = "0.1.0"
