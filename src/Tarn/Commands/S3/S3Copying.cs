using System.CommandLine;
using Spectre.Console;
using Tarn.Clients.S3;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Transfers;

namespace Tarn.Commands.S3;

/// <summary><c>tarn s3 cp SRC DST</c>.</summary>
internal static class S3Copying
{
    private const string Pipe = "-";
    private const int FailuresShown = 20;

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var source = new Argument<string>("SRC")
        {
            Description = "file, folder, s3://bucket/key, or - (standard input)",
        };
        var target = new Argument<string>("DST")
        {
            Description = "s3://bucket/key, file, folder, or - (standard output)",
        };
        var recursive = S3Command.Recursive("all files in a folder, or all objects in one");
        var command = new Command("cp", """
            Copy a file to an object or an object to a file; bodies stream, so any size goes. An object is there as a
            whole or not at all, and so is a file. What is there under the same name is replaced. A name that ends with
            a slash takes the source's own name. Links to folders are not followed.
              tarn s3 cp report.csv s3://lake/in/
              tarn s3 cp s3://lake/in/report.csv -
              pg_dump shop | tarn s3 cp - s3://backup/shop.sql
              tarn s3 cp --recursive site s3://www
              tarn s3 cp --recursive s3://lake/raw/scores scores
            With --recursive s3://lake/raw means the folder raw/. Objects whose name is no file name below the target
            (such as ../x) are left out and named, and the exit code is 1.
            """) { source, target, recursive, data };
        command.Runs(async (parsed, cancellation) =>
        {
            using var s3 = S3Command.Client(parsed, data);
            var tally = new TransferTally();
            var job = new CopyJob(s3, tally, IdSource.System);
            var to = parsed.GetRequiredValue(target);
            var run = Plan(job, parsed.GetRequiredValue(source), to, parsed.GetValue(recursive), cancellation);
            await (to == Pipe ? run() : TransferProgress.ShowAsync(tally, run));
            return Report(tally, isQuiet: to == Pipe);
        });
        return command;
    }

    private static Func<Task> Plan(
        CopyJob job, string from, string to, bool isRecursive, CancellationToken cancellation)
    {
        if (isRecursive && (from == Pipe || to == Pipe))
        {
            throw new TarnException(ErrorKind.Invalid, "--recursive copies folders; - is a single file");
        }

        switch (S3Location.Looks(from), S3Location.Looks(to))
        {
            case (false, true):
                var target = S3Location.Parse(to);
                return () => isRecursive ? job.SendFolderAsync(from, target, cancellation)
                    : from == Pipe ? job.SendInputAsync(Terminal.OpenStandardInput(), target, cancellation)
                    : job.SendFileAsync(from, target, cancellation);
            case (true, false):
                var source = S3Location.Parse(from);
                return () => isRecursive ? job.FetchFolderAsync(source, to, cancellation)
                    : to == Pipe ? job.FetchAsync(source, Terminal.OpenStandardOutput(), cancellation)
                    : job.FetchFileAsync(source, to, cancellation);
            case (true, true):
                throw new TarnException(
                    ErrorKind.Unsupported,
                    "tarn s3 cp copies between this machine and the server, not within the server",
                    hint: "aws s3 cp does");
            default:
                throw new TarnException(
                    ErrorKind.Invalid, "neither SRC nor DST is an object", hint: "write objects as s3://bucket/key");
        }
    }

    private static int Report(TransferTally tally, bool isQuiet)
    {
        foreach (var failure in tally.Failures.Take(FailuresShown))
        {
            CommandRunner.Error.MarkupLineInterpolated($"[red]not copied:[/] {TerminalText.Safe(failure)}");
        }

        if (tally.Failures.Count > FailuresShown)
        {
            CommandRunner.Error.MarkupLineInterpolated($"[red]and {tally.Failures.Count - FailuresShown:N0} more[/]");
        }

        if (!isQuiet)
        {
            Terminal.WriteLine(
                $"copied {tally.Files:N0} {(tally.Files == 1 ? "file" : "files")}, {Sizes.Bytes(tally.Bytes)}");
        }

        return tally.Failures.Count == 0 ? 0 : CommandRunner.Failed;
    }
}
