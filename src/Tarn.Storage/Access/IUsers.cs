namespace Tarn.Storage.Access;

/// <summary>
/// Users, their access keys and what is granted to them. A change is durable when it returns, happens whole or not at
/// all, and holds from the next request on; reads are memory only. Thread-safe. Failures: Invalid (names, keys),
/// NotFound, AlreadyExists, LimitExceeded, Unavailable (disk: what holds is then what is stored).
/// </summary>
public interface IUsers
{
    /// <summary>By name.</summary>
    IReadOnlyList<User> List();

    User? Find(string name);

    /// <summary>A new user without grants and with one key: the given one, or a new one for null.</summary>
    Task<AccessKey> CreateAsync(string name, GivenKey? given, CancellationToken cancellation);

    /// <summary>Removes the user with its keys and grants.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation);

    /// <summary>Another key of the user: the given one, or a new one for null.</summary>
    Task<AccessKey> AddKeyAsync(string name, GivenKey? given, CancellationToken cancellation);

    Task RemoveKeyAsync(string name, string accessKeyId, CancellationToken cancellation);

    Task SetKeyActiveAsync(string name, string accessKeyId, bool isActive, CancellationToken cancellation);

    /// <summary>By user, then place.</summary>
    IReadOnlyList<Grant> ListGrants();

    /// <summary>Grants; another level for the same user and place takes the place of the one before.</summary>
    Task GrantAsync(Grant grant, CancellationToken cancellation);

    /// <summary>Takes back what is granted to the user for exactly this place.</summary>
    Task RevokeAsync(string name, string bucket, string prefix, CancellationToken cancellation);
}
