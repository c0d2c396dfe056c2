using Tarn.Aws.Protocol;

namespace Tarn.Aws.Glue;

/// <summary>Errors that more than one operation gives.</summary>
internal static class GlueErrors
{
    public static AwsException NotFound(string message) => new("EntityNotFoundException", 400, message);

    public static AwsException Invalid(string message) => new("InvalidInputException", 400, message);
}
