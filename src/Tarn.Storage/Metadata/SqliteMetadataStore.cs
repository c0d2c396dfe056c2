using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Sqlite;

namespace Tarn.Storage.Metadata;

/// <summary>Resources in the table <c>resource</c> of metadata.db.</summary>
internal sealed class SqliteMetadataStore(MetadataDatabase database) : IMetadataStore
{
    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly MetadataWatches _watches = new();

    public Task<Resource?> FindAsync(string kind, string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(session => Find(session, kind, name)));
    }

    public Task<IReadOnlyList<Resource>> ListAsync(
        string kind, string prefix, string? after, int countMax, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(countMax);
        return Task.FromResult<IReadOnlyList<Resource>>(
            database.Read(session => List(session, kind, prefix, after, countMax)));
    }

    public Task<IReadOnlyList<string>> ListNamesAsync(string kind, string prefix, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string>>(database.Read(session => ListNames(session, kind, prefix)));
    }

    public async Task ApplyAsync(IReadOnlyList<MetadataChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var change in changes)
        {
            CheckText(change.Kind);
            if (change is not { Action: MetadataAction.DeletePrefix, Name: "" })
            {
                CheckText(change.Name);
            }
        }

        if (changes.Count == 0)
        {
            return;
        }

        using var batch = _watches.Begin(changes);
        await database.WriteAsync(session =>
        {
            foreach (var change in changes)
            {
                Apply(session, change);
            }

            return changes.Count;
        }).ConfigureAwait(false);
    }

    public MetadataWatch Watch(string kind, string prefix) => _watches.Add(kind, prefix);

    private static Resource? Find(SqlSession session, string kind, string name)
    {
        using var rows = session.Query("SELECT spec, version FROM resource WHERE kind = $1 AND name = $2", kind, name);
        return rows.Read() ? new Resource(kind, name, rows.GetString(0), rows.GetInt64(1)) : null;
    }

    private static List<Resource> List(SqlSession session, string kind, string prefix, string? after, int countMax)
    {
        var found = new List<Resource>();
        // $3 is '' without an "after": every name but the empty one comes after it, and an empty name is refused.
        using var rows = session.Query(
            """
            SELECT name, spec, version FROM resource
            WHERE kind = $1 AND name >= $2 AND name > $3 ORDER BY name LIMIT $4
            """,
            kind, prefix, after ?? "", countMax);
        while (rows.Read())
        {
            var name = rows.GetString(0);
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
            {
                break;
            }

            found.Add(new Resource(kind, name, rows.GetString(1), rows.GetInt64(2)));
        }

        return found;
    }

    private static List<string> ListNames(SqlSession session, string kind, string prefix)
    {
        var found = new List<string>();
        using var rows = session.Query(
            "SELECT name FROM resource WHERE kind = $1 AND name >= $2 ORDER BY name", kind, prefix);
        while (rows.Read())
        {
            var name = rows.GetString(0);
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
            {
                break;
            }

            found.Add(name);
        }

        return found;
    }

    private static void Apply(SqlSession session, MetadataChange change)
    {
        if (change.Action == MetadataAction.DeletePrefix)
        {
            DeletePrefix(session, change.Kind, change.Name);
            return;
        }

        var version = session.Scalar(
            "SELECT version FROM resource WHERE kind = $1 AND name = $2", change.Kind, change.Name) as long? ?? 0;
        if (change.ExpectedVersion is { } expected && expected != version)
            throw Conflict(change, expected, version);
        if (change.Action == MetadataAction.Require)
        {
            if (version == 0)
                throw Conflict(change, 1, version);
        }
        else if (change.Spec is null)
        {
            session.Execute("DELETE FROM resource WHERE kind = $1 AND name = $2", change.Kind, change.Name);
        }
        else
        {
            session.Execute(
                "INSERT OR REPLACE INTO resource(kind, name, spec, version) VALUES ($1, $2, $3, $4)",
                change.Kind, change.Name, change.Spec, version + 1);
        }
    }

    private static void DeletePrefix(SqlSession session, string kind, string prefix)
    {
        foreach (var child in List(session, kind, prefix, after: null, int.MaxValue))
        {
            session.Execute("DELETE FROM resource WHERE kind = $1 AND name = $2", kind, child.Name);
        }
    }

    private static TarnException Conflict(MetadataChange change, long expected, long found) => (expected, found) switch
    {
        (0, _) => new TarnException(
            ErrorKind.Conflict, $"{change.Kind} '{change.Name}' already exists", $"it has version {found}"),
        (_, 0) => new TarnException(
            ErrorKind.Conflict, $"{change.Kind} '{change.Name}' does not exist any more",
            hint: "read it again, then retry"),
        _ => new TarnException(
            ErrorKind.Conflict, $"{change.Kind} '{change.Name}' was changed by somebody else",
            $"expected version {expected}, found {found}", "read it again, then retry"),
    };

    /// <summary>
    /// SQLite cuts text at NUL, and half a surrogate pair has no UTF-8 form: both would change the name silently.
    /// </summary>
    private static void CheckText(string text)
    {
        try
        {
            if (text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal) && StrictUtf8.GetByteCount(text) > 0)
                return;
        }
        catch (EncoderFallbackException)
        {
            // Refused below like the others.
        }

        throw new TarnException(
            ErrorKind.Invalid, $"'{text}' is not a resource name: it must be UTF-8 text without NUL");
    }
}
