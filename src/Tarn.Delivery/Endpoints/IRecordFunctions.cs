namespace Tarn.Delivery.Endpoints;

/// <summary>The functions that delivery may call. Thread-safe.</summary>
public interface IRecordFunctions
{
    /// <summary>Whether a function of this ARN can be called; asked before settings that name it are taken.</summary>
    bool Knows(string functionArn);

    /// <summary>
    /// Calls once; does not retry. What goes wrong is an answer; throws only <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<FunctionAnswer> InvokeAsync(FunctionCall call, CancellationToken cancellation);
}
