using Tarn.Aws.Protocol.Json;

namespace Tarn.Aws.Protocol.Records;

/// <summary>What is wrong with a put, whatever its service.</summary>
internal static class PutErrors
{
    /// <summary>The body is not of the form that it must be.</summary>
    public static AwsException Wrong(string message) => new("SerializationException", 400, message);

    public static AwsException Violation(string value, string at, string constraint) =>
        JsonMembers.Violation($"Value '{value}' at '{at}' failed to satisfy constraint: {constraint}");

    public static AwsException TooMany(int recordsMax) =>
        Violation("[...]", "records", $"Member must have length less than or equal to {recordsMax}");

    /// <summary>There must be a list of records, and one in it at least.</summary>
    public static void CheckRecords(bool hasList, int count)
    {
        if (!hasList)
        {
            throw Violation("null", "records", "Member must not be null");
        }

        if (count == 0)
        {
            throw Violation("[]", "records", "Member must have length greater than or equal to 1");
        }
    }
}
