"""What people write to deploy functions, read: templates, configurations, apps. `readers` says which file is whose."""
