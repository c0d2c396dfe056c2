using DuckDB.NET.Native;

namespace Tarn.DuckDb.Sessions;

/// <summary>
/// Turns a cancelled token into an interrupt of the running statement. DuckDB clears a pending interrupt when a
/// statement starts, so one that comes just before the start would be lost: it is repeated until the statement has
/// ended.
/// </summary>
internal sealed class StatementInterrupt : IDisposable
{
    private const int RepeatMilliseconds = 10;
    private readonly ManualResetEventSlim _ended = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly DuckDBNativeConnection _connection;
    private Task _repeat = Task.CompletedTask;

    public StatementInterrupt(DuckDBNativeConnection connection, CancellationToken cancellation)
    {
        _connection = connection;
        _registration = cancellation.UnsafeRegister(static state => ((StatementInterrupt)state!).Begin(), this);
    }

    /// <summary>Call when the statement has ended; no interrupt follows.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _ended.Set();
        _repeat.GetAwaiter().GetResult();
        _ended.Dispose();
    }

    private void Begin()
    {
        NativeMethods.Startup.DuckDBInterrupt(_connection);
        _repeat = Task.Run(() =>
        {
            while (!_ended.Wait(RepeatMilliseconds))
            {
                NativeMethods.Startup.DuckDBInterrupt(_connection);
            }
        });
    }
}
