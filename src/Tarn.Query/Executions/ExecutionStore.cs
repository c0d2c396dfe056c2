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
    private const string ReuseKind = "query-reuse";

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

        var (earlier, version) = await FindByTokenAsync(token, execution.Request, cancellation).ConfigureAwait(false);
        if (earlier is not null)
        {
            return earlier;
        }

        changes.Add(MetadataChange.Put(TokenKind, token, $"\"{execution.Id}\"", version));
        try
        {
            await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
            return record;
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict)
        {
            var (other, _) = await FindByTokenAsync(token, execution.Request, cancellation).ConfigureAwait(false);
            if (other is not null)
            {
                return other;
            }

            throw;
        }
    }

    /// <param name="scan">What it counts against its workgroup's day, stored in the same batch; or null.</param>
    public async Task SaveAsync(ExecutionRecord record, ScanEntry? scan, CancellationToken cancellation)
    {
        var execution = record.Execution;
        List<MetadataChange> changes = [MetadataChange.Put(Kind, execution.Id, record.Write())];
        if (execution.State is QueryState.Succeeded or QueryState.Failed or QueryState.Cancelled)
        {
            changes.Add(MetadataChange.Delete(OpenKind, execution.Id));
        }

        if (execution is { State: QueryState.Succeeded, IsReused: false, StatementType: "DML", UpdateCount: null })
        {
            changes.Add(MetadataChange.Put(ReuseKind, ReuseName(execution), $"\"{execution.Id}\""));
        }

        if (scan is not null)
        {
            changes.Add(ScanLedger.Change(scan));
        }

        await metadata.ApplyAsync(changes, cancellation).ConfigureAwait(false);
    }

    public async Task<ExecutionRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(Kind, id, cancellation).ConfigureAwait(false);
        return resource is null ? null : ExecutionRecord.Read(id, resource.Spec);
    }

    /// <summary>
    /// The latest successful execution of the same statement, whose result the new one could give again.
    /// </summary>
    public async Task<ExecutionRecord?> FindReusableAsync(QueryExecution execution, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(ReuseKind, ReuseName(execution), cancellation).ConfigureAwait(false);
        return resource is null
            ? null
            : await FindAsync(resource.Spec.Trim('"'), cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes every execution in one batch.</summary>
    public Task ClearAsync(CancellationToken cancellation)
    {
        string[] kinds = [Kind, IndexKind, OpenKind, TokenKind, ReuseKind];
        return metadata.ApplyAsync([.. kinds.Select(kind => MetadataChange.DeletePrefix(kind, ""))], cancellation);
    }

    /// <summary>Removes these executions; a token or a result of theirs then leads nowhere.</summary>
    public Task ForgetAsync(IReadOnlyList<QueryExecution> executions, CancellationToken cancellation) =>
        metadata.ApplyAsync(
            [
                .. executions.SelectMany(execution => new[]
                {
                    MetadataChange.Delete(Kind, execution.Id),
                    MetadataChange.Delete(IndexKind, IndexName(execution)),
                    MetadataChange.Delete(OpenKind, execution.Id),
                }),
            ],
            cancellation);

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

    /// <summary>The execution that used the token before, or null with the version of a stale token.</summary>
    private async Task<(ExecutionRecord? Record, long Version)> FindByTokenAsync(
        string token, QueryRequest request, CancellationToken cancellation)
    {
        var resource = await metadata.FindAsync(TokenKind, token, cancellation).ConfigureAwait(false);
        if (resource is null)
        {
            return (null, 0);
        }

        var record = await FindAsync(resource.Spec.Trim('"'), cancellation).ConfigureAwait(false);
        return record is null || record.Execution.Request.IsSame(request)
            ? (record, resource.Version)
            : throw new TarnException(
                ErrorKind.Invalid, "the client request token was used before with other parameters")
            {
                Code = "IDEMPOTENT_PARAMETER_MISMATCH",
            };
    }

    /// <summary>Milliseconds count down, so that name order is newest first.</summary>
    private static string IndexName(QueryExecution execution) => string.Create(
        CultureInfo.InvariantCulture,
        $"{long.MaxValue - execution.SubmittedAt.ToUnixTimeMilliseconds():x16}-{execution.Id}");

    /// <summary>What a result is the same for: everything that a request says but its token and the age.</summary>
    private static string ReuseName(QueryExecution execution)
    {
        var request = execution.Request;
        string[] parts =
        [
            request.Workgroup, request.Database, request.OutputLocation ?? "", request.Sql,
            .. request.Parameters ?? [],
        ];
        var text = string.Join('\n', parts.Select(part => string.Create(
            CultureInfo.InvariantCulture, $"{part.Length}:{part}")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string? TokenName(QueryRequest request) => request.ClientRequestToken is null
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.ClientRequestToken)));
}
