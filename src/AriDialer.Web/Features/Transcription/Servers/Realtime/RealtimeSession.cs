namespace AriDialer.Web.Features.Transcription.Servers.Realtime;

/// <summary>A conversation with a server on its realtime interface, in which only one side speaks: what it understands goes to the sentences.</summary>
internal sealed class RealtimeSession : IAsyncDisposable
{
    private readonly RealtimeSocket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<SpokenTurn> _open = [];
    private readonly HashSet<string> _answered = [];
    private readonly Task _reading;
    private Exception? _failure;

    private RealtimeSession(RealtimeSocket socket)
    {
        _socket = socket;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>It is lost: what is sent goes nowhere.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
                return _failure is not null;
        }
    }

    /// <summary>Null where the server has no such interface, or not for this model, or another one than we speak.</summary>
    public static async Task<RealtimeSession?> OpenAsync(ModelAccount account, ModelTransport transport, string language, CancellationToken cancellationToken)
    {
        if (await RealtimeSocket.ConnectAsync(account, transport, cancellationToken) is not { } socket)
            return null;

        var isTaken = false;
        try
        {
            await socket.SendAsync(RealtimeRequest.SetUp(account.RealtimeModel, language), cancellationToken);
            while (true)
            {
                var answer = await socket.ReceiveAsync(cancellationToken);
                if (answer.IsObjection || (answer.IsReady && answer.CutsItself))
                    return null;
                if (answer.Type == "error")
                    throw answer.Refusal;
                if (!answer.IsReady)
                    continue;

                isTaken = true;
                return new RealtimeSession(socket);
            }
        }
        finally
        {
            if (!isTaken)
                socket.Dispose();
        }
    }

    /// <summary>The next sound is this sentence's.</summary>
    public void Begin(SpokenTurn turn)
    {
        lock (_lock)
        {
            if (_failure is null)
                _open.Add(turn);
            else
                turn.Fail(_failure);
        }
    }

    public Task AppendAsync(SpokenTurn turn, short[] samples, CancellationToken cancellationToken) =>
        samples.Length > 0 ? SendAsync(RealtimeRequest.Append(turn.Id, samples), cancellationToken) : Task.CompletedTask;

    public Task CommitAsync(SpokenTurn turn, CancellationToken cancellationToken) => SendAsync(RealtimeRequest.Commit(turn.Id), cancellationToken);

    /// <summary>Nothing more is expected of it: all that is not answered never will be.</summary>
    public void Fail(Exception failure)
    {
        List<SpokenTurn> open;
        bool isFirst;
        lock (_lock)
        {
            isFirst = _failure is null;
            _failure ??= failure;
            open = [.. _open];
            _open.Clear();
        }

        open.ForEach(turn => turn.Fail(failure));
        if (isFirst)
            _stop.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsOver)
            await _socket.CloseAsync();
        Fail(new IOException("The session is over."));
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        if (IsOver)
            return;

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            await _socket.SendAsync(message, either.Token);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Fail(e);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                Take(await _socket.ReceiveAsync(_stop.Token));
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Take(RealtimeEvent said)
    {
        switch (said.Type)
        {
            case "input_audio_buffer.committed":
                Find(said.ItemId, isLast: false);
                break;
            case "conversation.item.input_audio_transcription.delta":
                Find(said.ItemId, isLast: false)?.Hear(said.Text ?? "");
                break;
            case "conversation.item.input_audio_transcription.completed":
                Find(said.ItemId, isLast: true)?.Answer(said.Text ?? throw new FormatException("There is no text in the answer."));
                break;
            case "conversation.item.input_audio_transcription.failed":
                Find(said.ItemId, isLast: true)?.Fail(said.Refusal);
                break;
            case "error" when Remove(said.About) is { } turn:
                turn.Fail(said.Refusal);
                break;
            case "error":
                throw said.Refusal;
        }
    }

    // Sentences get their names there in the order in which they were sent; the words of some come before that is said.
    private SpokenTurn? Find(string? itemId, bool isLast)
    {
        lock (_lock)
        {
            if (itemId is null || _answered.Contains(itemId))
                return null;

            var turn = _open.Find(one => one.ItemId == itemId) ?? _open.Find(one => one.ItemId is null);
            turn?.ItemId = itemId;
            if (isLast && turn is not null)
            {
                _open.Remove(turn);
                _answered.Add(itemId);
            }

            return turn;
        }
    }

    private SpokenTurn? Remove(string? id)
    {
        lock (_lock)
        {
            var turn = _open.Find(one => one.Id == id);
            if (turn is not null)
                _open.Remove(turn);
            return turn;
        }
    }
}
