"""Payment gateways over their HTTP APIs."""
