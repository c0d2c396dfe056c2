using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Aws.S3.Versions;

/// <summary>The query parameter versionId, and what answers say of versions.</summary>
internal static class VersionIds
{
    public const string Parameter = "versionId";

    private const string VersionHeader = "x-amz-version-id";
    private const string MarkerHeader = "x-amz-delete-marker";

    /// <summary>Null: the request is about the current object.</summary>
    public static string? Read(S3Call call) => call.Parameter(Parameter) switch
    {
        "" => throw S3Errors.InvalidArgument("Version id cannot be the empty string"),
        var id => id,
    };

    /// <summary>The version that was read or made; nothing in a bucket that never kept any.</summary>
    public static void Write(S3Call call, string? versionId)
    {
        if (versionId is not null && !call.Response.HasStarted)
        {
            call.Response.Headers[VersionHeader] = versionId;
        }
    }

    public static void Write(S3Call call, ObjectDeletion deletion)
    {
        Write(call, deletion.VersionId);
        if (deletion.IsMarker)
        {
            call.Response.Headers[MarkerHeader] = "true";
        }
    }

    /// <summary>
    /// There is no current object, as it is hidden behind a marker: the error says so in its headers.
    /// </summary>
    public static AwsException Hidden(AwsException absent, ObjectVersion marker) =>
        new(absent.Code, absent.Status, absent.Message) { Headers = Headers(marker) };

    /// <summary>A marker that was asked for by its id has nothing to be read.</summary>
    public static AwsException Unreadable(S3Call call, ObjectVersion marker) =>
        new("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        {
            Elements = [new("Method", call.Exchange.Signable.Method), new("ResourceType", "DeleteMarker")],
            Headers = new Dictionary<string, string>(Headers(marker))
            {
                ["Allow"] = "DELETE",
                ["Last-Modified"] = marker.Info.LastModified.ToString("r", CultureInfo.InvariantCulture),
            },
        };

    public static AwsException NoSuchVersion(ObjectKey key, string versionId) =>
        new("NoSuchVersion", 404, "The specified version does not exist.")
        {
            Elements = [new("Key", key.Key), new("VersionId", versionId)],
        };

    private static Dictionary<string, string> Headers(ObjectVersion marker) =>
        new() { [VersionHeader] = marker.VersionId, [MarkerHeader] = "true" };
}
