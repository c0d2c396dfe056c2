using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;
using Tarn.Storage.Access.Policies;
using Tarn.Storage.Metadata;
using Tarn.Testing;

namespace Tarn.Storage.Tests.Access;

/// <summary>Users over a metadata store that stays when they are loaded again.</summary>
internal sealed class UsersScene : IDisposable
{
    public static readonly AccessKey Root = new("ROOTROOTROOTROOTROOT", "the-root-secret", "root");

    private UsersScene(IMetadataStore store, StoredUsers users) => (Store, Users) = (store, users);

    public IMetadataStore Store { get; }

    public StoredUsers Users { get; private set; }

    public IAccessKeys Keys => Users;

    public FixedSettings Settings { get; } = new();

    private BucketPolicies Policies =>
        field ??= new BucketPolicies(Settings, new LakeIdentity(), NullLogger<BucketPolicies>.Instance);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 4, 0, 0, TimeSpan.Zero));

    public static async Task<UsersScene> OpenAsync(IMetadataStore? store = null)
    {
        var kept = store ?? new InMemoryMetadataStore();
        var scene = new UsersScene(kept, await LoadAsync(kept, TimeProvider.System));
        await scene.ReloadAsync();
        return scene;
    }

    public async Task ReloadAsync()
    {
        Users.Dispose();
        Users = await LoadAsync(Store, Time);
    }

    public AccessDecision DecideAnonymous(string action, string bucket, string key) =>
        new Authorization(Users, Policies).Decide(new AccessRequest(null, action, bucket, key));

    public AccessDecision Decide(string user, string action, string bucket, string key = "", string? prefix = null) =>
        new Authorization(Users, Policies).Decide(
            new AccessRequest(new AccessKey("IDIDIDIDIDIDIDID", "any", user), action, bucket, key)
            {
                Prefix = prefix,
            });

    public void Dispose() => Users.Dispose();

    private static Task<StoredUsers> LoadAsync(IMetadataStore store, TimeProvider time) =>
        StoredUsers.LoadAsync(store, Root, KeySource.System, time, CancellationToken.None);
}
