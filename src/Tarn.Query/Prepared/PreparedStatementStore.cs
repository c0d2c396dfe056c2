using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Query.Prepared;

/// <summary>
/// Resources of kind <c>prepared-statement</c>, named <c>workgroup/name</c>; layout in docs/formats/query-execution.md.
/// </summary>
internal sealed partial class PreparedStatementStore(IMetadataStore metadata, TimeProvider clock) : IPreparedStatements
{
    private const string Kind = "prepared-statement";
    private const int StatementsMax = 1000;
    private const int TextBytesMax = 262_144;

    public async Task<PreparedStatement> CreateAsync(PreparedStatement statement, CancellationToken cancellation)
    {
        Check(statement);
        var known = await ListAsync(statement.Workgroup, cancellation).ConfigureAwait(false);
        if (known.Count >= StatementsMax)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                $"workgroup '{statement.Workgroup}' has {StatementsMax} prepared statements already");
        }

        var created = statement with { ModifiedAt = clock.GetUtcNow() };
        try
        {
            await metadata.ApplyAsync([MetadataChange.Create(Kind, NameOf(created), Write(created))], cancellation)
                .ConfigureAwait(false);
            return created;
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw new TarnException(
                ErrorKind.AlreadyExists,
                $"prepared statement '{statement.Name}' exists already in workgroup '{statement.Workgroup}'");
        }
    }

    public async Task<PreparedStatement> UpdateAsync(PreparedStatement statement, CancellationToken cancellation)
    {
        Check(statement);
        var updated = statement with { ModifiedAt = clock.GetUtcNow() };
        try
        {
            await metadata.ApplyAsync(
                [
                    MetadataChange.Require(Kind, NameOf(updated)),
                    MetadataChange.Put(Kind, NameOf(updated), Write(updated)),
                ],
                cancellation).ConfigureAwait(false);
            return updated;
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw Missing(statement.Workgroup, statement.Name);
        }
    }

    public async Task<PreparedStatement?> FindAsync(string workgroup, string name, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(Kind, $"{workgroup}/{name}", cancellation).ConfigureAwait(false);
        return resource is null ? null : Read(resource);
    }

    public async Task<IReadOnlyList<PreparedStatement>> ListAsync(string workgroup, CancellationToken cancellation)
    {
        var found = new List<PreparedStatement>();
        string? after = null;
        while (await metadata.ListAsync(
            Kind, workgroup + "/", after, StatementsMax, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            found.AddRange(page.Select(Read));
            after = page[^1].Name;
        }

        return found;
    }

    public async Task DeleteAsync(string workgroup, string name, CancellationToken cancellation)
    {
        if (await FindAsync(workgroup, name, cancellation).ConfigureAwait(false) is null)
        {
            throw Missing(workgroup, name);
        }

        await metadata.ApplyAsync([MetadataChange.Delete(Kind, $"{workgroup}/{name}")], cancellation)
            .ConfigureAwait(false);
    }

    public Task ClearAsync(string workgroup, CancellationToken cancellation) =>
        metadata.ApplyAsync([MetadataChange.DeletePrefix(Kind, workgroup + "/")], cancellation);

    private static void Check(PreparedStatement statement)
    {
        if (!NamePattern().IsMatch(statement.Name))
        {
            throw new TarnException(
                ErrorKind.Invalid,
                $"'{statement.Name}' is no name of a prepared statement",
                hint: "1 to 256 characters: a letter or _, then letters, digits, _, @ and colons");
        }

        if (statement.Sql.Length == 0 || Encoding.UTF8.GetByteCount(statement.Sql) > TextBytesMax)
        {
            throw new TarnException(ErrorKind.Invalid, $"a prepared statement has 1 to {TextBytesMax} bytes");
        }
    }

    private static TarnException Missing(string workgroup, string name) => new(
        ErrorKind.NotFound, $"prepared statement '{name}' does not exist in workgroup '{workgroup}'");

    private static string NameOf(PreparedStatement statement) => $"{statement.Workgroup}/{statement.Name}";

    private static string Write(PreparedStatement statement) =>
        JsonSerializer.Serialize(statement, PreparedJson.Default.PreparedStatement);

    private static PreparedStatement Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, PreparedJson.Default.PreparedStatement)
        ?? throw new TarnException(ErrorKind.Damaged, $"prepared statement '{resource.Name}' has no spec");

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_@:]{0,255}$")]
    private static partial Regex NamePattern();
}
