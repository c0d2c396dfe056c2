using Tarn.Primitives.Errors;

namespace Tarn.Transfers;

/// <summary>
/// Moves many files, several at once. One that cannot be moved is noted and the rest goes on; a server that does not
/// answer ends the run.
/// </summary>
internal sealed class TransferRun(TransferTally tally)
{
    /// <summary>Small files wait for the server's disk, so several wait together.</summary>
    private const int AtOnce = 8;

    public Task RunAsync(
        IAsyncEnumerable<Transfer> transfers, Func<Transfer, CancellationToken, Task> move,
        CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            transfers,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (transfer, token) =>
            {
                try
                {
                    await move(transfer, token);
                    tally.Done();
                }
                catch (TarnException error) when (error.Kind != ErrorKind.Unavailable)
                {
                    tally.Failed($"{transfer.Object}: {error.Message}");
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    tally.Failed($"{transfer.Object}: {error.Message}");
                }
            });
}
