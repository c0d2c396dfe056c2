using System.Text.Json;
using Tarn.Aws.Protocol;

namespace Tarn.Aws.Athena;

/// <summary>The members of an error beside its type, in Athena's spelling.</summary>
internal static class AthenaErrorBody
{
    public static void Write(Utf8JsonWriter writer, AwsException failure)
    {
        writer.WriteString("Message", failure.Message);
        if (failure.ResourceName is { } resource)
        {
            writer.WriteString("ResourceName", resource);
        }

        if (failure.DetailCode is not { } detail)
        {
            return;
        }

        if (failure.Code == "TooManyRequestsException")
        {
            writer.WriteString("Reason", detail);
            return;
        }

        writer.WriteString("AthenaErrorCode", detail);
        writer.WriteString("ErrorCode", detail);
    }
}
