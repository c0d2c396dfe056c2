using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Query.Writing.Targets;

/// <summary>Folders that a statement fills must be empty before.</summary>
internal sealed class EmptyFolder(IObjectStore objects)
{
    /// <summary>The location with its slash at the end. Fails for one that holds objects, or lies nowhere.</summary>
    /// <param name="owner">Who wants it, for the message.</param>
    public async Task<string> RequireAsync(string location, string owner, CancellationToken cancellation)
    {
        var folder = ObjectKey.Parse(location);
        if (folder.Key.Length > 0 && !folder.Key.EndsWith('/'))
        {
            folder = folder with { Key = folder.Key + "/" };
        }

        if (await objects.FindBucketAsync(folder.Bucket, cancellation).ConfigureAwait(false) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound,
                $"bucket '{folder.Bucket}' of location '{location}' does not exist",
                hint: $"make it: tarn s3 mb s3://{folder.Bucket}")
            {
                Code = "HIVE_FILESYSTEM_ERROR",
            };
        }

        var page = await objects
            .ListAsync(folder.Bucket, new ObjectListing { Prefix = folder.Key, EntriesMax = 1 }, cancellation)
            .ConfigureAwait(false);
        return page.Objects.Count == 0
            ? folder.ToString()
            : throw new TarnException(
                ErrorKind.AlreadyExists,
                $"Target directory for {owner} already exists: {location}",
                hint: "name an empty folder, or remove what is in it") { Code = "HIVE_PATH_ALREADY_EXISTS" };
    }
}
