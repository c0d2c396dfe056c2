using Microsoft.Extensions.Logging;
using Tarn.Jobs.Runs;

namespace Tarn.Jobs;

/// <summary>What this room logs. Ids are never reused.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(7001, LogLevel.Information, "job {Job} run {Run} ended {State}: {Error}")]
    public static partial void Ended(ILogger logger, string job, long run, JobRunState state, string? error);

    [LoggerMessage(7002, LogLevel.Information, "job {Job} run {Run} was cut off and is done again")]
    public static partial void Repeated(ILogger logger, string job, long run);

    [LoggerMessage(7003, LogLevel.Warning, "job {Job} run {Run} failed")]
    public static partial void Failed(ILogger logger, string job, long run, Exception exception);

    [LoggerMessage(7004, LogLevel.Warning, "outputs of failed run {Run} of job {Job} remain until the next run")]
    public static partial void OutputsRemain(ILogger logger, string job, long run, Exception exception);

    [LoggerMessage(7005, LogLevel.Warning, "job {Job} could not be run")]
    public static partial void NotRun(ILogger logger, string job, Exception exception);
}
