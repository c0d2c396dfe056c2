using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Storage.Access;

/// <summary>
/// The resource of kind <c>grant</c>, named <c>USER/BUCKET</c> or <c>USER/BUCKET/PREFIX</c> (docs/formats/access.md):
/// <code>
/// {"v":1, "level":"read"}
/// </code>
/// </summary>
internal sealed record StoredGrant(int V, GrantLevel Level)
{
    public const string Kind = "grant";
    private const int Version = 1;

    public static string Name(string user, string bucket, string prefix) =>
        prefix.Length == 0 ? $"{user}/{bucket}" : $"{user}/{bucket}/{prefix}";

    public static string Write(Grant grant) => JsonSerializer.Serialize(
        new StoredGrant(Version, grant.Level), AccessJsonContext.Default.StoredGrant);

    public static Grant Read(Resource resource)
    {
        try
        {
            var read = JsonSerializer.Deserialize(resource.Spec, AccessJsonContext.Default.StoredGrant)!;
            if (read.V != Version)
            {
                throw new JsonException($"its layout has version {read.V}, this tarn reads {Version}");
            }

            return resource.Name.Split('/', 3) is [var user, var bucket, ..] parts
                ? new Grant(user, read.Level, bucket, parts.ElementAtOrDefault(2) ?? "")
                : throw new JsonException("its name has no bucket");
        }
        catch (JsonException cause)
        {
            throw new TarnException(
                ErrorKind.Damaged,
                $"the stored grant '{resource.Name}' is not understood",
                cause.Message,
                "it may have been written by a later version of tarn",
                cause);
        }
    }
}
