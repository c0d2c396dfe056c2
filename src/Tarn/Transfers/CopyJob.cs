using System.Runtime.CompilerServices;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Transfers;

/// <summary>One <c>tarn s3 cp</c>: decides what goes where, then has it moved.</summary>
internal sealed class CopyJob(S3Client s3, TransferTally tally, IdSource ids)
{
    private readonly Uploads uploads = new(s3, tally);
    private readonly Downloads downloads = new(s3, tally, ids);

    /// <summary>A target without a name, or one that ends with a slash, takes the file's own name.</summary>
    public async Task SendFileAsync(string file, S3Location target, CancellationToken cancellation)
    {
        if (Directory.Exists(file))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"{file} is a folder", hint: "add --recursive to copy all in it");
        }

        var named = target.Key.Length == 0 || target.Key.EndsWith('/')
            ? target.With(target.Key + Path.GetFileName(file))
            : target;
        tally.Found(File.Exists(file) ? new FileInfo(file).Length : 0);
        await uploads.SendFileAsync(file, named, cancellation);
        tally.Done();
    }

    public async Task SendInputAsync(Stream input, S3Location target, CancellationToken cancellation)
    {
        await uploads.SendInputAsync(input, RequireName(target), cancellation);
        tally.Done();
    }

    public async Task SendFolderAsync(string folder, S3Location target, CancellationToken cancellation)
    {
        var prefix = target.AsFolder();
        var transfers = FolderFiles.Of(folder).Select(file =>
        {
            tally.Found(file.Bytes);
            return new Transfer(file.Path, prefix.With(prefix.Key + file.Name), file.Bytes);
        });
        await new TransferRun(tally).RunAsync(
            transfers.ToAsyncEnumerable(),
            (transfer, token) => uploads.SendFileAsync(transfer.File, transfer.Object, token),
            cancellation);
    }

    /// <summary>A target that is a folder, or ends with a slash, takes the last part of the key as the name.</summary>
    public async Task FetchFileAsync(S3Location source, string target, CancellationToken cancellation)
    {
        var found = await s3.HeadAsync(RequireName(source), cancellation);
        tally.Found(found.Size);
        var isFolder = Directory.Exists(target) || Path.EndsInDirectorySeparator(target);
        var path = isFolder ? SafePath.Of(target, source.Key[(source.Key.LastIndexOf('/') + 1)..]) : target;
        await downloads.FetchFileAsync(source, path, cancellation);
        tally.Done();
    }

    public async Task FetchAsync(S3Location source, Stream output, CancellationToken cancellation)
    {
        await downloads.FetchAsync(RequireName(source), output, cancellation);
        tally.Done();
    }

    public Task FetchFolderAsync(S3Location source, string target, CancellationToken cancellation)
    {
        if (File.Exists(target))
        {
            throw new TarnException(ErrorKind.Invalid, $"{target} is a file, not a folder");
        }

        return new TransferRun(tally).RunAsync(
            PlanAsync(source.AsFolder(), Path.GetFullPath(target), cancellation),
            (transfer, token) => downloads.FetchFileAsync(transfer.Object, transfer.File, token),
            cancellation);
    }

    private async IAsyncEnumerable<Transfer> PlanAsync(
        S3Location source, string folder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var isAny = false;
        await foreach (var page in s3.ListAsync(source, isRecursive: true, cancellation))
        {
            foreach (var found in page.Objects)
            {
                isAny = true;
                if (Plan(source.With(found.Key), found.Key[source.Key.Length..], folder, found.Size) is { } transfer)
                {
                    tally.Found(found.Size);
                    yield return transfer;
                }
            }
        }

        if (!isAny)
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"there is no object in {source}",
                hint: $"'tarn s3 ls s3://{source.Bucket}/ --recursive' lists what is there");
        }
    }

    /// <summary>Null: there is no file to write, or the tally says why it may not be.</summary>
    private Transfer? Plan(S3Location source, string name, string folder, long size)
    {
        try
        {
            if (!name.EndsWith('/') && name.Length > 0)
            {
                return new Transfer(SafePath.Of(folder, name), source, size);
            }

            if (size > 0)
            {
                tally.Failed($"{source}: a name that ends with a slash is a folder's here, and it has bytes");
            }
            else if (name.Length > 0)
            {
                // Some tools mark an empty folder so.
                Directory.CreateDirectory(SafePath.Of(folder, name[..^1]));
            }
        }
        catch (TarnException error)
        {
            tally.Failed($"{source}: {error.Message}");
        }

        return null;
    }

    private static S3Location RequireName(S3Location location) =>
        location.Key.Length > 0 && !location.Key.EndsWith('/')
            ? location
            : throw new TarnException(
                ErrorKind.Invalid,
                $"{location} names no object",
                hint: "add the object's name, or --recursive to copy all in it");
}
