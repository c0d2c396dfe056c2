using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Tarn.DuckDb;
using Tarn.Primitives.Errors;
using Tarn.Query.Workgroups;
using Tarn.Query.Writing.Files;
using Tarn.Query.Writing.Targets;
using Tarn.Storage.Metadata;
using Tarn.Storage.Objects;

namespace Tarn.Query.Writing.Commits;

/// <summary>
/// The way of a statement's rows into objects, all of them or none. Called once per execution.
/// </summary>
/// <remarks>
/// <code>
///   1 stage:  COPY into a folder of its own below the staging directory
///   2 name:   objects are called after the execution; one batch stores the names and hides the objects from readers
///   3 put:    each file becomes an object, then the manifest that lists them
///   4 commit: one batch lets the objects count and registers what the caller plans (a table, partitions)
/// </code>
/// A failure before 4 removes the objects. A stop at any point leaves the record of step 2, by which
/// <see cref="WriteRecovery"/> removes them at the next start; until then they are hidden.
/// </remarks>
internal sealed partial class WriteFlow(
    IObjectStore objects,
    WriteStore writes,
    FileWriter files,
    ResultPlaces places,
    TimeProvider clock,
    ILogger<WriteFlow> log)
{
    private const int PartitionsMax = 100;
    private const int AttemptsMax = 8;

    /// <param name="place">The folder of a partition, <c>s3://bucket/prefix/</c>, by its values.</param>
    /// <param name="register">The changes to be committed; asked again when somebody else was faster.</param>
    public async Task<WriteSummary> RunAsync(
        WriteContext context,
        IDuckDbSession session,
        string sql,
        int columnCount,
        WriteShape shape,
        Func<IReadOnlyList<string>, string> place,
        Func<IReadOnlyList<WriteOutput>, CancellationToken, Task<IReadOnlyList<MetadataChange>>> register,
        CancellationToken cancellation)
    {
        var id = context.Id;
        var manifest = context.Beside($"{id}-manifest.csv");
        await writes.SweepAsync(cancellation).ConfigureAwait(false);
        using var stage = new RowStage(Path.Combine(objects.StagingDirectory, $"write-{id}"), clock);
        var staged = await files
            .WriteAsync(stage, session, sql, columnCount, shape, PartitionsMax, cancellation).ConfigureAwait(false);
        var outputs = staged.Select((file, i) =>
        {
            var folder = place(file.Values);
            return new WriteOutput(file, ObjectKey.Parse($"{folder}{id}{Bucket(file)}-{i}{shape.Extension}"), folder);
        }).ToList();
        await places.RequireOwnAsync(context.Workgroup, outputs.Select(output => output.Folder), cancellation)
            .ConfigureAwait(false);
        await writes.BeginAsync(id, outputs, stage.Rows, manifest.ToString(), cancellation).ConfigureAwait(false);
        try
        {
            await PutAsync(outputs, manifest, shape, cancellation).ConfigureAwait(false);
            await CommitAsync(id, outputs, register, cancellation).ConfigureAwait(false);
        }
        catch (Exception)
        {
            if (!await EndedAsync(id).ConfigureAwait(false))
            {
                throw;
            }
        }

        return new WriteSummary(
            stage.Rows, [.. outputs.Select(output => output.Object.ToString())], manifest.ToString());
    }

    /// <summary>What readers tell the bucket by.</summary>
    private static string Bucket(StagedRows file) => file.Bucket is { } bucket
        ? string.Create(CultureInfo.InvariantCulture, $"_bucket-{bucket:D5}")
        : "";

    private async Task PutAsync(
        IReadOnlyList<WriteOutput> outputs, ObjectKey manifest, WriteShape shape, CancellationToken cancellation)
    {
        var type = shape.Format switch
        {
            WriteFormat.Parquet => "application/vnd.apache.parquet",
            WriteFormat.Avro => "application/avro",
            WriteFormat.Json when shape.Compression == WriteCompression.None => "application/x-ndjson",
            _ when shape.Compression == WriteCompression.None => "text/plain",
            _ => ObjectAttributes.None.ContentType,
        };
        var attributes = new ObjectAttributes { ContentType = type };
        await Parallel.ForEachAsync(outputs, cancellation, async (output, token) =>
            await objects.PutFileAsync(output.Object, output.File.Path, attributes, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        var lines = string.Concat(outputs.Select(output => $"{output.Object}\n"));
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        await objects
            .PutAsync(manifest, body, new ObjectAttributes { ContentType = "text/csv" }, cancellation)
            .ConfigureAwait(false);
    }

    private async Task CommitAsync(
        string id,
        IReadOnlyList<WriteOutput> outputs,
        Func<IReadOnlyList<WriteOutput>, CancellationToken, Task<IReadOnlyList<MetadataChange>>> register,
        CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var record = await writes.FindAsync(id, cancellation).ConfigureAwait(false)
                ?? throw new TarnException(ErrorKind.Conflict, $"the record of what '{id}' writes is gone");
            var further = await register(outputs, cancellation).ConfigureAwait(false);
            try
            {
                await writes.CommitAsync(id, record, outputs, further, cancellation).ConfigureAwait(false);
                return;
            }
            catch (TarnException failure) when (failure.Kind == ErrorKind.Conflict && attempt < AttemptsMax)
            {
                // Somebody changed the catalog since the plan: the next one fits it, or says what is wrong.
            }
        }
    }

    /// <summary>
    /// After a failure: true when the commit happened and only its answer was lost; else the objects are removed.
    /// </summary>
    private async Task<bool> EndedAsync(string id)
    {
        try
        {
            var record = await writes.FindAsync(id, CancellationToken.None).ConfigureAwait(false);
            if (record is null or { State: WriteState.Done })
            {
                return record is not null;
            }

            foreach (var key in record.Objects.Append(record.Manifest))
            {
                await objects.DeleteAsync(ObjectKey.Parse(key), CancellationToken.None).ConfigureAwait(false);
            }

            await writes.RemoveAsync(id, record, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TarnException failure)
        {
            // They stay hidden, and the next start removes them.
            LogLeft(failure, id);
        }

        return false;
    }

    [LoggerMessage(1, LogLevel.Warning, "objects of the failed query {Id} are left, hidden, for the next start")]
    private partial void LogLeft(Exception failure, string id);
}
