using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Tarn.Storage.Access;

/// <summary>All users and grants as of one moment; a change makes a new one.</summary>
internal sealed class AccessState
{
    private readonly FrozenDictionary<string, AccessKey> _keys;
    private readonly FrozenDictionary<string, ImmutableArray<Grant>> _grantsByUser;

    public AccessState(
        AccessKey root, ImmutableSortedDictionary<string, User> users, ImmutableSortedDictionary<string, Grant> grants)
    {
        Root = root;
        Users = users;
        Grants = grants;
        _grantsByUser = grants.Values
            .GroupBy(grant => grant.UserName, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);

        // The root key last: whatever a user holds, root's id is root's.
        var keys = new Dictionary<string, AccessKey>(StringComparer.Ordinal);
        foreach (var user in users.Values)
        {
            foreach (var key in user.Keys.Where(key => key.IsActive))
            {
                keys[key.AccessKeyId] = new AccessKey(key.AccessKeyId, key.Secret, user.Name);
            }
        }

        keys[root.AccessKeyId] = root;
        _keys = keys.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public AccessKey Root { get; }

    /// <summary>By name.</summary>
    public ImmutableSortedDictionary<string, User> Users { get; }

    /// <summary>By the names of their resources.</summary>
    public ImmutableSortedDictionary<string, Grant> Grants { get; }

    /// <summary>The active key with this id, or null.</summary>
    public AccessKey? Key(string accessKeyId) => _keys.GetValueOrDefault(accessKeyId);

    public ImmutableArray<Grant> GrantsOf(string user) =>
        _grantsByUser.TryGetValue(user, out var grants) ? grants : [];

    public bool HasKey(string accessKeyId) =>
        accessKeyId == Root.AccessKeyId
        || Users.Values.Any(user => user.Keys.Any(key => key.AccessKeyId == accessKeyId));

    public AccessState With(User user) => new(Root, Users.SetItem(user.Name, user), Grants);

    public AccessState With(string name, Grant grant) => new(Root, Users, Grants.SetItem(name, grant));

    public AccessState WithoutGrant(string name) => new(Root, Users, Grants.Remove(name));

    public AccessState WithoutUser(string name) => new(
        Root,
        Users.Remove(name),
        Grants.RemoveRange(Grants.Where(pair => pair.Value.UserName == name).Select(pair => pair.Key)));
}
