using System.Collections.Immutable;
using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Storage.Access;

/// <summary>
/// The resource of kind <c>user</c>, named as the user (docs/formats/access.md):
/// <code>
/// {"v":1, "created":"2026-11-23T04:00:00+00:00",
///  "keys":[{"id":"AKIA...", "secret":"...", "active":true, "created":"2026-11-23T04:00:00+00:00"}]}
/// </code>
/// </summary>
internal sealed record StoredUser(int V, DateTimeOffset Created, ImmutableArray<StoredUser.Key> Keys)
{
    public const string Kind = "user";
    private const int Version = 1;

    public static string Write(User user)
    {
        var keys = user.Keys.Select(key => new Key(key.AccessKeyId, key.Secret, key.IsActive, key.CreatedAt));
        return JsonSerializer.Serialize(
            new StoredUser(Version, user.CreatedAt, [.. keys]), AccessJsonContext.Default.StoredUser);
    }

    public static User Read(Resource resource)
    {
        try
        {
            var read = JsonSerializer.Deserialize(resource.Spec, AccessJsonContext.Default.StoredUser)!;
            return read.V == Version
                ? new User(resource.Name, read.Created, [.. read.Keys.Select(key => key.ToUserKey())])
                : throw new JsonException($"its layout has version {read.V}, this tarn reads {Version}");
        }
        catch (JsonException cause)
        {
            throw new TarnException(
                ErrorKind.Damaged,
                $"what is stored about user '{resource.Name}' is not understood",
                cause.Message,
                "it may have been written by a later version of tarn",
                cause);
        }
    }

    internal sealed record Key(string Id, string Secret, bool Active, DateTimeOffset Created)
    {
        public UserKey ToUserKey() => new(Id, Secret, Active, Created);

        public override string ToString() => Id;
    }
}
