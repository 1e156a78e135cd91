"""What is deployed: the files in scope, and the functions that Lambda will call."""
