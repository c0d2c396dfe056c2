namespace Tarn.Query.Prepared;

/// <summary>Prepared statements of workgroups. They survive a restart. Thread-safe.</summary>
public interface IPreparedStatements
{
    /// <summary>
    /// Stores a new one. Fails with AlreadyExists, with Invalid for its name or text, with LimitExceeded when the
    /// workgroup has a thousand.
    /// </summary>
    Task<PreparedStatement> CreateAsync(PreparedStatement statement, CancellationToken cancellation);

    /// <summary>Replaces text and description. Fails with NotFound.</summary>
    Task<PreparedStatement> UpdateAsync(PreparedStatement statement, CancellationToken cancellation);

    Task<PreparedStatement?> FindAsync(string workgroup, string name, CancellationToken cancellation);

    /// <summary>By name.</summary>
    Task<IReadOnlyList<PreparedStatement>> ListAsync(string workgroup, CancellationToken cancellation);

    /// <summary>Fails with NotFound.</summary>
    Task DeleteAsync(string workgroup, string name, CancellationToken cancellation);

    /// <summary>Removes all of a workgroup.</summary>
    Task ClearAsync(string workgroup, CancellationToken cancellation);
}
