"""Municipality (tenant), people, roles, sign-in, trail of acts."""
