"""The generated library of theorems: certificates, pages, index and map."""
