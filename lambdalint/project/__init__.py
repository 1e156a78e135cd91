"""What is deployed: the Python in scope (`code`), what people write to deploy it (`descriptors`), what goes into a
package (`packaging`), and of these the functions that Lambda will call (`inventory`)."""
