using System.Collections.Immutable;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Storage.Access;

/// <summary>What a command does: to the stored resources, in one batch, and to the state in memory.</summary>
internal sealed record AccessChange(IReadOnlyList<MetadataChange> Stored, AccessState Next)
{
    public static AccessChange CreateUser(AccessState state, string name, GivenKey key, DateTimeOffset now)
    {
        AccessRules.CheckName(name);
        if (state.Users.Keys.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            throw new TarnException(
                ErrorKind.AlreadyExists,
                $"user '{taken}' exists already",
                taken == name ? null : $"'{name}' differs from it in upper and lower case only");
        }

        var user = new User(name, now, [NewKey(state, key, now)]);
        return new AccessChange(
            [MetadataChange.Create(StoredUser.Kind, name, StoredUser.Write(user))], state.With(user));
    }

    public static AccessChange DeleteUser(AccessState state, string name)
    {
        Require(state, name);
        return new AccessChange(
            [
                MetadataChange.Delete(StoredUser.Kind, name),
                MetadataChange.DeletePrefix(StoredGrant.Kind, name + "/"),
            ],
            state.WithoutUser(name));
    }

    public static AccessChange AddKey(AccessState state, string name, GivenKey key, DateTimeOffset now)
    {
        var user = Require(state, name);
        return user.Keys.Length < AccessRules.KeysMax
            ? Put(state, user with { Keys = user.Keys.Add(NewKey(state, key, now)) })
            : throw new TarnException(
                ErrorKind.LimitExceeded,
                $"user '{name}' has {AccessRules.KeysMax} access keys, which is the limit",
                hint: "remove one with 'tarn user key rm'");
    }

    public static AccessChange RemoveKey(AccessState state, string name, string accessKeyId)
    {
        var (user, key) = RequireKey(state, name, accessKeyId);
        return Put(state, user with { Keys = user.Keys.Remove(key) });
    }

    public static AccessChange SetKeyActive(AccessState state, string name, string accessKeyId, bool isActive)
    {
        var (user, key) = RequireKey(state, name, accessKeyId);
        return Put(state, user with { Keys = user.Keys.Replace(key, key with { IsActive = isActive }) });
    }

    public static AccessChange AddGrant(AccessState state, Grant grant)
    {
        Require(state, grant.UserName);
        AccessRules.CheckGrant(grant);
        var name = StoredGrant.Name(grant.UserName, grant.Bucket, grant.Prefix);
        return new AccessChange(
            [
                MetadataChange.Require(StoredUser.Kind, grant.UserName),
                MetadataChange.Put(StoredGrant.Kind, name, StoredGrant.Write(grant)),
            ],
            state.With(name, grant));
    }

    public static AccessChange RemoveGrant(AccessState state, string user, string bucket, string prefix)
    {
        Require(state, user);
        var name = StoredGrant.Name(user, bucket, prefix);
        if (!state.Grants.ContainsKey(name))
        {
            var places = state.GrantsOf(user).Select(grant => grant.Place).ToList();
            throw new TarnException(
                ErrorKind.NotFound,
                $"nothing is granted to '{user}' on exactly '{new Grant(user, GrantLevel.Read, bucket, prefix).Place}'",
                hint: places.Count == 0 ? "nothing is granted to it at all" : "granted: " + string.Join(", ", places));
        }

        return new AccessChange([MetadataChange.Delete(StoredGrant.Kind, name)], state.WithoutGrant(name));
    }

    private static AccessChange Put(AccessState state, User user) =>
        new([MetadataChange.Put(StoredUser.Kind, user.Name, StoredUser.Write(user))], state.With(user));

    private static UserKey NewKey(AccessState state, GivenKey key, DateTimeOffset now)
    {
        AccessRules.CheckKey(key);
        return state.HasKey(key.AccessKeyId)
            ? throw new TarnException(ErrorKind.AlreadyExists, $"access key '{key.AccessKeyId}' exists already")
            : new UserKey(key.AccessKeyId, key.Secret, IsActive: true, now);
    }

    private static User Require(AccessState state, string name) =>
        state.Users.GetValueOrDefault(name) ?? throw new TarnException(
            ErrorKind.NotFound, $"user '{name}' does not exist", hint: Suggestion.Hint(name, state.Users.Keys));

    private static (User User, UserKey Key) RequireKey(AccessState state, string name, string accessKeyId)
    {
        var user = Require(state, name);
        var key = user.Keys.FirstOrDefault(key => key.AccessKeyId == accessKeyId) ?? throw new TarnException(
            ErrorKind.NotFound,
            $"user '{name}' has no access key '{accessKeyId}'",
            hint: Suggestion.Hint(accessKeyId, user.Keys.Select(key => key.AccessKeyId)));
        return (user, key);
    }
}
