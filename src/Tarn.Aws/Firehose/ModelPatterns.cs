namespace Tarn.Aws.Firehose;

/// <summary>Patterns of Firehose's service model that more than one member has.</summary>
internal static class ModelPatterns
{
    public const string StreamName = "[a-zA-Z0-9_.-]+";
    public const string RoleArn = @"arn:.*:iam::\d{12}:role/[a-zA-Z_0-9+=,.@\-_/]+";
    public const string NotBlank = @"^(?!\s*$).+";
    public const string NoWhiteSpace = @"^\S+$";
}
