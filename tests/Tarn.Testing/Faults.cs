using Tarn.Primitives.Errors;

namespace Tarn.Testing;

/// <summary>
/// Decides where a faulty decorator fails. A point is a text such as <c>put:before:s3://lake/key</c>. Thread-safe.
/// </summary>
public sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly Predicate<string> _fails;
    private readonly TaskCompletionSource _hit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _staysDown;
    private int _count;

    private Faults(Predicate<string> fails, bool staysDown)
    {
        _fails = fails;
        _staysDown = staysDown;
    }

    /// <summary>Never fails.</summary>
    public static Faults None => new(_ => false, staysDown: false);

    /// <summary>How often it failed.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Completes at the first failure.</summary>
    public Task Hit => _hit.Task;

    /// <summary>Fails this share of all points, the same ones for the same seed and order.</summary>
    public static Faults Random(int seed, double share)
    {
        var random = new Random(seed);
        return new Faults(_ => random.NextDouble() < share, staysDown: false);
    }

    /// <summary>Fails at every point that fits.</summary>
    public static Faults Where(Predicate<string> fails) => new(fails, staysDown: false);

    /// <summary>
    /// Works until the first point that fits, then fails everywhere, as a process that was killed there.
    /// </summary>
    public static Faults StopAt(Predicate<string> point) => new(point, staysDown: true);

    /// <summary>Throws Unavailable when this point is to fail.</summary>
    public void Pass(string point)
    {
        lock (_lock)
        {
            var isDown = _staysDown && _count > 0;
            if (!isDown && !_fails(point))
            {
                return;
            }

            _count++;
        }

        _hit.TrySetResult();
        throw new TarnException(ErrorKind.Unavailable, $"fault injected at {point}");
    }
}
