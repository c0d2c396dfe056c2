using System.Collections.Immutable;
using Tarn.Storage.Metadata;

namespace Tarn.Storage.Access;

/// <summary>
/// Users and grants in the metadata store, all of them in memory. One change at a time: decided on the state as it
/// stands, written, then shown. After a write that failed all is read again: it may have reached the disk.
/// </summary>
internal sealed class StoredUsers : IUsers, IAccessKeys, IDisposable
{
    private readonly IMetadataStore _store;
    private readonly KeySource _keys;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private AccessState _state;

    private StoredUsers(IMetadataStore store, KeySource keys, TimeProvider time, AccessState state)
    {
        _store = store;
        _keys = keys;
        _time = time;
        _state = state;
    }

    public AccessState State => Volatile.Read(ref _state);

    /// <summary>Reads all that is stored. Fails with Damaged when that is not understood.</summary>
    public static async Task<StoredUsers> LoadAsync(
        IMetadataStore store, AccessKey root, KeySource keys, TimeProvider time, CancellationToken cancellation)
    {
        var state = await ReadAsync(store, root, cancellation).ConfigureAwait(false);
        return new StoredUsers(store, keys, time, state);
    }

    AccessKey? IAccessKeys.Find(string accessKeyId) => State.Key(accessKeyId);

    public IReadOnlyList<User> List() => [.. State.Users.Values];

    public User? Find(string name) => State.Users.GetValueOrDefault(name);

    public IReadOnlyList<Grant> ListGrants() => [.. State.Grants.Values];

    public async Task<AccessKey> CreateAsync(string name, GivenKey? given, CancellationToken cancellation)
    {
        var key = given ?? _keys.Next();
        await ChangeAsync(state => AccessChange.CreateUser(state, name, key, _time.GetUtcNow()), cancellation)
            .ConfigureAwait(false);
        return new AccessKey(key.AccessKeyId, key.Secret, name);
    }

    public Task DeleteAsync(string name, CancellationToken cancellation) =>
        ChangeAsync(state => AccessChange.DeleteUser(state, name), cancellation);

    public async Task<AccessKey> AddKeyAsync(string name, GivenKey? given, CancellationToken cancellation)
    {
        var key = given ?? _keys.Next();
        await ChangeAsync(state => AccessChange.AddKey(state, name, key, _time.GetUtcNow()), cancellation)
            .ConfigureAwait(false);
        return new AccessKey(key.AccessKeyId, key.Secret, name);
    }

    public Task RemoveKeyAsync(string name, string accessKeyId, CancellationToken cancellation) =>
        ChangeAsync(state => AccessChange.RemoveKey(state, name, accessKeyId), cancellation);

    public Task SetKeyActiveAsync(string name, string accessKeyId, bool isActive, CancellationToken cancellation) =>
        ChangeAsync(state => AccessChange.SetKeyActive(state, name, accessKeyId, isActive), cancellation);

    public Task GrantAsync(Grant grant, CancellationToken cancellation) =>
        ChangeAsync(state => AccessChange.AddGrant(state, grant), cancellation);

    public Task RevokeAsync(string name, string bucket, string prefix, CancellationToken cancellation) =>
        ChangeAsync(state => AccessChange.RemoveGrant(state, name, bucket, prefix), cancellation);

    public void Dispose() => _turn.Dispose();

    private async Task ChangeAsync(Func<AccessState, AccessChange> decide, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var change = decide(State);
            try
            {
                await _store.ApplyAsync(change.Stored, cancellation).ConfigureAwait(false);
            }
            catch
            {
                Volatile.Write(
                    ref _state, await ReadAsync(_store, State.Root, CancellationToken.None).ConfigureAwait(false));
                throw;
            }

            Volatile.Write(ref _state, change.Next);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<AccessState> ReadAsync(
        IMetadataStore store, AccessKey root, CancellationToken cancellation)
    {
        var users = await store
            .ListAsync(StoredUser.Kind, "", null, int.MaxValue, cancellation).ConfigureAwait(false);
        var grants = await store
            .ListAsync(StoredGrant.Kind, "", null, int.MaxValue, cancellation).ConfigureAwait(false);
        return new AccessState(
            root,
            users.ToImmutableSortedDictionary(user => user.Name, StoredUser.Read, StringComparer.Ordinal),
            grants.ToImmutableSortedDictionary(grant => grant.Name, StoredGrant.Read, StringComparer.Ordinal));
    }
}
