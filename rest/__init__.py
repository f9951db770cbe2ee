"""What every path of the REST interface shares: addresses, error shape, pages, strict bodies, schema."""
