using Tarn.Aws.Protocol;

namespace Tarn.Aws.Athena;

/// <summary>Athena says nearly everything with InvalidRequestException and a finer code.</summary>
internal static class AthenaErrors
{
    public static AwsException Invalid(string message) =>
        new("InvalidRequestException", 400, message) { DetailCode = "INVALID_INPUT" };

    public static AwsException NoSuchExecution(string id) => Invalid($"QueryExecution {id} was not found");

    public static AwsException NoSuchWorkgroup(string name) => Invalid($"WorkGroup {name} is not found.");
}
