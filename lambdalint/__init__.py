"""lambdalint runs AWS Lambda handlers on paper and reports what fails in production."""

__version__ = "0.1.0"
