using Spectre.Console;
using Tarn.Transfers;

namespace Tarn.Commands.S3;

/// <summary>A bar of bytes on standard error while a copy runs; nothing where that is no terminal.</summary>
internal static class TransferProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static Task ShowAsync(TransferTally tally, Func<Task> run) =>
        Terminal.IsErrorRedirected
            ? run()
            : CommandRunner.Error.Progress()
                .Columns(
                    new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                    new TransferSpeedColumn(), new RemainingTimeColumn())
                .StartAsync(context => FollowAsync(context.AddTask("0 files"), tally, run()));

    private static async Task FollowAsync(ProgressTask bar, TransferTally tally, Task run)
    {
        while (await Task.WhenAny(run, Task.Delay(Interval, TimeProvider.System)) != run)
        {
            Update(bar, tally);
        }

        Update(bar, tally);
        await run;
    }

    private static void Update(ProgressTask bar, TransferTally tally)
    {
        bar.IsIndeterminate = tally.BytesFound == 0;
        bar.MaxValue = Math.Max(1, tally.BytesFound);
        bar.Value = tally.Bytes;
        bar.Description = $"{tally.Files:N0} files, {Sizes.Bytes(tally.Bytes)}";
    }
}
