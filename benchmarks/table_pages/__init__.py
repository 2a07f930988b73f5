"""Pages of tables with known content, and what scanners and fax machines make of them."""
