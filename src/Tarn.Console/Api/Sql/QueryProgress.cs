using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Tarn.Query.Executions;

namespace Tarn.Console.Api.Sql;

/// <summary>
/// Waits for each execution that somebody looks at once, however many look, and keeps its progress until it ends.
/// Thread-safe.
/// </summary>
internal sealed class QueryProgress(IQueries queries, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, Watch> watches = new();

    /// <summary>The execution's progress, 0 to 1, and the task that completes with its end.</summary>
    public Watch Follow(string id)
    {
        var watch = watches.GetOrAdd(id, static _ => new Watch());
        watch.Start(async () =>
        {
            try
            {
                return await queries.WaitAsync(id, watch, lifetime.ApplicationStopping);
            }
            finally
            {
                watches.TryRemove(id, out _);
            }
        });
        return watch;
    }

    internal sealed class Watch : IProgress<double>
    {
        private readonly Lock gate = new();
        private Task<QueryExecution>? completion;
        private double fraction;

        public double Fraction => Volatile.Read(ref fraction);

        public Task<QueryExecution> Completion =>
            completion ?? throw new InvalidOperationException("the watch was not started");

        public void Report(double value) => Volatile.Write(ref fraction, Math.Clamp(value, 0, 1));

        public void Start(Func<Task<QueryExecution>> wait)
        {
            lock (gate)
            {
                completion ??= Task.Run(wait);
            }
        }
    }
}
