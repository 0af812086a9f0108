"""The OpenAPI 3.1 document, made of the contracts and forms that the routes work with.

It is not Litestar's, because what comes in is validated by our own forms: the schemas
shown here are those that are enforced, word for word.
"""
