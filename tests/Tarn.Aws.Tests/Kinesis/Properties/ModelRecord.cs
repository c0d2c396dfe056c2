namespace Tarn.Aws.Tests.Kinesis.Properties;

/// <summary>A record that was acknowledged.</summary>
/// <param name="At">Within its step; steps lie apart, so times between steps are before or after it for sure.</param>
internal sealed record ModelRecord(ulong Number, string Key, string Data, DateTimeOffset At);
