namespace Tarn.Aws.Tests.Scenes;

/// <summary>The machine's time plus a shift, so that engines' timers run and tests can still jump ahead.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
