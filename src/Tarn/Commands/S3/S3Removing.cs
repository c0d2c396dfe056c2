using System.CommandLine;
using System.Xml;
using Spectre.Console;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;

namespace Tarn.Commands.S3;

/// <summary><c>tarn s3 rm</c>.</summary>
internal static class S3Removing
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var location = S3Command.Location("s3://bucket/key, or a folder with --recursive");
        var recursive = S3Command.Recursive("all objects in the folder, or in the bucket when no key is given");
        var command = new Command("rm", """
            Delete an object, or all objects in a folder. There is no way back, unless the bucket keeps versions.
              tarn s3 rm s3://lake/in/report.csv
              tarn s3 rm --recursive s3://lake/in
            With --recursive s3://lake/in means the folder in/: an object 'input' stays.
            """) { location, recursive, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var s3 = S3Command.Client(parsed, data);
            var target = S3Location.Parse(parsed.GetRequiredValue(location));
            if (parsed.GetValue(recursive))
            {
                return await EmptyAsync(s3, target.AsFolder(), cancellation);
            }

            if (target.Key.Length == 0)
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"{target} is a bucket",
                    hint: $"'tarn s3 rb {target}' removes it, 'tarn s3 rm --recursive {target}' empties it");
            }

            // S3 answers the deletion of nothing as it answers any other; a person wants to know.
            await s3.HeadAsync(target, cancellation);
            await s3.DeleteAsync(target, cancellation);
            Terminal.WriteLine($"deleted {TerminalText.Safe(target.ToString())}");
            return 0;
        });
        return command;
    }

    /// <summary>Deletes all objects in a folder and says how many.</summary>
    /// <returns>The exit code: 1 when some were left in place.</returns>
    public static async Task<int> EmptyAsync(S3Client s3, S3Location folder, CancellationToken cancellation)
    {
        var (deleted, left) = (0L, 0L);
        await foreach (var page in s3.ListAsync(folder, isRecursive: true, cancellation))
        {
            var failures = await DeleteAsync(s3, folder.Bucket, page, cancellation);
            foreach (var failure in failures)
            {
                var name = TerminalText.Safe($"{folder.With(failure.Key)}: {failure.Message}");
                CommandRunner.Error.MarkupLineInterpolated($"[red]not deleted:[/] {name}");
            }

            left += failures.Count;
            deleted += page.Objects.Count - failures.Count;
        }

        Terminal.WriteLine($"deleted {deleted:N0} {(deleted == 1 ? "object" : "objects")}");
        return left == 0 ? 0 : CommandRunner.Failed;
    }

    private static async Task<IReadOnlyList<DeleteFailure>> DeleteAsync(
        S3Client s3, string bucket, S3Page page, CancellationToken cancellation)
    {
        var isText = page.Objects.Select(found => found.Key).ToLookup(key => key.All(XmlConvert.IsXmlChar));
        foreach (var key in isText[false])
        {
            // XML cannot name it.
            await s3.DeleteAsync(new S3Location(bucket, key), cancellation);
        }

        return isText[true].Any() ? await s3.DeleteAsync(bucket, [.. isText[true]], cancellation) : [];
    }
}
