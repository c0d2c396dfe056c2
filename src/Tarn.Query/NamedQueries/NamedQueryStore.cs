using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Metadata;

namespace Tarn.Query.NamedQueries;

/// <summary>
/// Resources of kind <c>named-query</c> by id, beside them a <c>named-query-token</c> for a client's token; layout in
/// docs/formats/query-execution.md.
/// </summary>
internal sealed class NamedQueryStore(IMetadataStore metadata, IdSource ids) : INamedQueries
{
    private const string Kind = "named-query";
    private const string TokenKind = "named-query-token";

    public async Task<NamedQuery> CreateAsync(NamedQuery query, string? token, CancellationToken cancellation)
    {
        var created = query with { Id = ids.Next().ToString() };
        List<MetadataChange> changes = [MetadataChange.Create(Kind, created.Id, Write(created))];
        if (token is null)
        {
            await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
            return created;
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var (earlier, version) = await FindByTokenAsync(name, query, cancellation).ConfigureAwait(false);
        if (earlier is not null)
        {
            return earlier;
        }

        changes.Add(MetadataChange.Put(TokenKind, name, $"\"{created.Id}\"", version));
        await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
        return created;
    }

    public async Task UpdateAsync(NamedQuery query, CancellationToken cancellation)
    {
        try
        {
            await metadata.ApplyAsync(
                [MetadataChange.Require(Kind, query.Id), MetadataChange.Put(Kind, query.Id, Write(query))],
                cancellation).ConfigureAwait(false);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            throw Missing(query.Id);
        }
    }

    public async Task<NamedQuery?> FindAsync(string id, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(Kind, id, cancellation).ConfigureAwait(false);
        return resource is null ? null : Read(resource);
    }

    public async Task<IReadOnlyList<NamedQuery>> ListAsync(string workgroup, CancellationToken cancellation)
    {
        var found = new List<NamedQuery>();
        string? after = null;
        while (
            await metadata.ListAsync(Kind, "", after, 1000, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            found.AddRange(page.Select(Read).Where(query => query.Workgroup == workgroup));
            after = page[^1].Name;
        }

        return found;
    }

    public async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation).ConfigureAwait(false) is null)
        {
            throw Missing(id);
        }

        await metadata.ApplyAsync([MetadataChange.Delete(Kind, id)], cancellation).ConfigureAwait(false);
    }

    private async Task<(NamedQuery? Earlier, long Version)> FindByTokenAsync(
        string token, NamedQuery query, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(TokenKind, token, cancellation).ConfigureAwait(false);
        var earlier = resource is null
            ? null
            : await FindAsync(resource.Spec.Trim('"'), cancellation).ConfigureAwait(false);
        return earlier is null || earlier with { Id = query.Id } == query
            ? (earlier, resource?.Version ?? 0)
            : throw new TarnException(
                ErrorKind.Invalid, "the client request token was used before with other parameters")
            {
                Code = "IDEMPOTENT_PARAMETER_MISMATCH",
            };
    }

    private static TarnException Missing(string id) =>
        new(ErrorKind.NotFound, $"named query '{id}' does not exist");

    private static string Write(NamedQuery query) =>
        JsonSerializer.Serialize(query, NamedQueryJson.Default.NamedQuery);

    private static NamedQuery Read(Resource resource) =>
        JsonSerializer.Deserialize(resource.Spec, NamedQueryJson.Default.NamedQuery)
        ?? throw new TarnException(ErrorKind.Damaged, $"named query '{resource.Name}' has no spec");
}
