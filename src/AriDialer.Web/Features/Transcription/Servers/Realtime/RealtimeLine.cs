namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>An account's model with the realtime interface.</summary>
internal sealed class RealtimeLine(ModelAccount account, ModelTransport transport, ModelServerOptions options, TimeProvider time)
{
    // Who speaks waits for it.
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(10);

    private readonly Patience _opening = new(
        account.Kind.Name, options.Timeout < LongestOpening ? options.Timeout : LongestOpening, options, time);

    // Sound that is gone is not sent again: it is in the recording.
    private readonly Patience _answering = new(account.Kind.Name, options.Timeout, options.Once(), time);
    private int _isMissing;

    public ModelAccount Account => account;

    /// <summary>Why the server is left alone just now; null where it may be asked.</summary>
    public string? Problem => _opening.Problem ?? _answering.Problem;

    /// <summary>The server has no such interface, or this model is none for it.</summary>
    public bool IsMissing => Volatile.Read(ref _isMissing) == 1;

    /// <summary>Null where the server has no such interface.</summary>
    /// <param name="language">A BCP 47 tag, such as "en-US".</param>
    /// <param name="missing">Called where that was not known before.</param>
    /// <param name="cancellationToken">Ends it within a moment.</param>
    /// <exception cref="ModelServerException">It could not be opened.</exception>
    public async Task<RealtimeSession?> OpenAsync(string language, Action missing, CancellationToken cancellationToken)
    {
        if (Problem is { } problem)
            throw new ModelServerException(problem);

        var session = await _opening.AskAsync(token => RealtimeSession.OpenAsync(account, transport, language, token), cancellationToken);
        if (Interlocked.Exchange(ref _isMissing, session is null ? 1 : 0) == 0 && session is null)
            missing();
        return session;
    }

    /// <summary>A sentence's words, once all of it is sent.</summary>
    /// <exception cref="ModelServerException">It has none, and will never have.</exception>
    public Task<string> AnswerAsync(RealtimeSession session, SpokenTurn turn, CancellationToken cancellationToken) => _answering.AskAsync(
        async token =>
        {
            try
            {
                return await turn.Words.WaitAsync(token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && token.IsCancellationRequested)
            {
                // Who does not answer in time may never do so again.
                session.Fail(new TimeoutException());
                throw;
            }
        },
        cancellationToken);
}
