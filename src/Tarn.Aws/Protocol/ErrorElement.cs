namespace Tarn.Aws.Protocol;

/// <summary>What S3 says about a failure beside code and message, such as the key that does not exist.</summary>
internal readonly record struct ErrorElement(string Name, string Text);
