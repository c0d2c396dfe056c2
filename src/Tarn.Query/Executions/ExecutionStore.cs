using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Metadata;

namespace Tarn.Query.Executions;

/// <summary>
/// Executions in the metadata store. Beside each <c>query</c> stands a <c>query-index</c> that sorts newest first,
/// while it has not ended a <c>query-open</c>, and for a client's token a <c>query-token</c>; each change is one
/// batch.
/// </summary>
internal sealed class ExecutionStore(IMetadataStore metadata)
{
    private const string Kind = "query";
    private const string IndexKind = "query-index";
    private const string OpenKind = "query-open";
    private const string TokenKind = "query-token";

    /// <summary>Stores a new execution; an earlier one of the same token is returned instead.</summary>
    public async Task<ExecutionRecord> CreateAsync(ExecutionRecord record, CancellationToken cancellation)
    {
        var execution = record.Execution;
        var changes = new List<MetadataChange>
        {
            MetadataChange.Create(Kind, execution.Id, record.Write()),
            MetadataChange.Create(IndexKind, IndexName(execution), "{}"),
            MetadataChange.Create(OpenKind, execution.Id, "{}"),
        };
        if (TokenName(execution.Request) is not { } token)
        {
            await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
            return record;
        }

        if (await FindByTokenAsync(token, execution.Request, cancellation).ConfigureAwait(false) is { } earlier)
        {
            return earlier;
        }

        changes.Add(MetadataChange.Create(TokenKind, token, $"\"{execution.Id}\""));
        try
        {
            await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
            return record;
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            if (await FindByTokenAsync(token, execution.Request, cancellation).ConfigureAwait(false) is { } other)
            {
                return other;
            }

            throw;
        }
    }

    public async Task SaveAsync(ExecutionRecord record, CancellationToken cancellation)
    {
        var id = record.Execution.Id;
        List<MetadataChange> changes = [MetadataChange.Put(Kind, id, record.Write())];
        if (record.Execution.State is QueryState.Succeeded or QueryState.Failed or QueryState.Cancelled)
        {
            changes.Add(MetadataChange.Delete(OpenKind, id));
        }

        await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
    }

    public async Task<ExecutionRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(Kind, id, cancellation).ConfigureAwait(false);
        return resource is null ? null : ExecutionRecord.Read(id, resource.Spec);
    }

    /// <summary>Removes every execution in one batch.</summary>
    public Task ClearAsync(CancellationToken cancellation)
    {
        string[] kinds = [Kind, IndexKind, OpenKind, TokenKind];
        return metadata.ApplyAsync([.. kinds.Select(kind => MetadataChange.DeletePrefix(kind, ""))], cancellation);
    }

    /// <summary>Executions that had not ended when the server stopped.</summary>
    public async Task<IReadOnlyList<ExecutionRecord>> ListOpenAsync(CancellationToken cancellation)
    {
        var open = new List<ExecutionRecord>();
        string? after = null;
        while (
            await metadata.ListAsync(
                OpenKind, "", after, 1000, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var resource in page)
            {
                if (await FindAsync(resource.Name, cancellation).ConfigureAwait(false) is { } record)
                {
                    open.Add(record);
                }
            }

            after = page[^1].Name;
        }

        return open;
    }

    public async Task<IReadOnlyList<ExecutionRecord>> ListAsync(
        string? workgroup, int countMax, CancellationToken cancellation)
    {
        var found = new List<ExecutionRecord>();
        string? after = null;
        while (found.Count < countMax
            && await metadata.ListAsync(
                IndexKind, "", after, 1000, cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var resource in page)
            {
                var id = resource.Name[(resource.Name.IndexOf('-', StringComparison.Ordinal) + 1)..];
                if (await FindAsync(id, cancellation).ConfigureAwait(false) is { } record
                    && (workgroup is null || record.Execution.Request.Workgroup == workgroup))
                {
                    found.Add(record);
                    if (found.Count == countMax)
                    {
                        break;
                    }
                }
            }

            after = page[^1].Name;
        }

        return found;
    }

    private async Task<ExecutionRecord?> FindByTokenAsync(
        string token, QueryRequest request, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(TokenKind, token, cancellation).ConfigureAwait(false);
        if (resource is null)
        {
            return null;
        }

        var record = await FindAsync(resource.Spec.Trim('"'), cancellation).ConfigureAwait(false);
        return record is null || record.Execution.Request == request
            ? record
            : throw new TarnException(
                ErrorKind.Invalid, "the client request token was used before with other parameters");
    }

    /// <summary>Milliseconds count down, so that name order is newest first.</summary>
    private static string IndexName(QueryExecution execution) => string.Create(
        CultureInfo.InvariantCulture,
        $"{long.MaxValue - execution.SubmittedAt.ToUnixTimeMilliseconds():x16}-{execution.Id}");

    private static string? TokenName(QueryRequest request) => request.ClientRequestToken is null
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.ClientRequestToken)));
}
