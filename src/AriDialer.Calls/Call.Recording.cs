namespace AriDialer.Calls;

// Each leg is recorded on its own, through a snoop channel that Asterisk records: nothing in the call's own bridge changes, who said
// what is known, and it goes on while the application is away. A track is one leg's file from where it begins to where it ends: a
// pause, a hold by the phone itself and a lost connection end one and begin the next, so that each is whole in itself.
internal sealed partial class Call
{
    private readonly List<Track> _tracks = [];
    private readonly List<RecordingPause> _pauses = [];
    private RecordingRule _recordingRule = RecordingRule.OnDemand;
    private RecordingState _recordingState;
    private string? _recordedByUserId;
    private DateTimeOffset? _announcedAt;
    private int _tracksMade;
    private int _announcementsMade;

    // What Asterisk's clock is ahead of ours: tracks know its time, and people's pauses ours.
    private TimeSpan _aheadOfUs;

    private CallRecording? ToRecording() => _recordingState == RecordingState.Off && _tracks.Count == 0
        ? null
        : new CallRecording(
            _recordingState, _recordedByUserId, _announcedAt,
            [.. _tracks.Select(track => new RecordingTrack(
                track.Id, track.Leg.ChannelId, track.Leg.UserId, track.Leg.Role == LegRole.Caller, track.StartedAt, track.IsOver)
            {
                IsBroken = track.IsBroken,
                EndedAt = track.EndedAt,
            })],
            [.. _pauses])
        {
            ClockAhead = _aheadOfUs,
        };

    private ControlAnswer Record(string? byUserId, bool on, DateTimeOffset now)
    {
        if (on && !_recordingRule.Allowed)
        {
            return ControlAnswer.Refuse(Refusals.NotRecordable);
        }

        if (on && _recordingState == RecordingState.Off)
        {
            BeginRecording(byUserId, now);
        }
        else if (!on && _recordingState != RecordingState.Off)
        {
            EndPause(now);
            SetRecording(RecordingState.Off);
            Note(now, MomentKinds.RecordingStopped, byUserId);
        }

        return ControlAnswer.Accepted;
    }

    private ControlAnswer PauseRecording(string? byUserId, bool on, DateTimeOffset now)
    {
        if (_recordingState is not (RecordingState.On or RecordingState.Paused))
        {
            return ControlAnswer.Refuse(Refusals.NotRecording);
        }

        if (on && _recordingState == RecordingState.On)
        {
            SetRecording(RecordingState.Paused);
            _pauses.Add(new RecordingPause(now + _aheadOfUs, To: null));
            Note(now, MomentKinds.RecordingPaused, byUserId);
        }
        else if (!on && _recordingState == RecordingState.Paused)
        {
            EndPause(now);
            SetRecording(RecordingState.On);
            Note(now, MomentKinds.RecordingResumed, byUserId);
        }

        return ControlAnswer.Accepted;
    }

    private void BeginRecording(string? byUserId, DateTimeOffset now)
    {
        _recordedByUserId = byUserId;
        foreach (var leg in _legs)
        {
            leg.CannotBeRecorded = false;
        }

        if (_announcedAt is null && !_recordingRule.Announcement.IsDefaultOrEmpty)
        {
            SetRecording(RecordingState.Announcing);
            Do(new CallEffect.Announce(_bridgeId, CallIds.Announcement(Id, ++_announcementsMade), _recordingRule.Announcement));
        }
        else
        {
            SetRecording(RecordingState.On);
            Note(now, MomentKinds.RecordingStarted, byUserId);
        }
    }

    private void OnAnnouncementOver(string playbackId, bool isComplete, DateTimeOffset now)
    {
        if (_recordingState != RecordingState.Announcing || playbackId != CallIds.Announcement(Id, _announcementsMade) || IsOver)
        {
            return;
        }

        if (!isComplete)
        {
            // Who was not told is not recorded.
            FailRecording(RecordingFailures.NotAnnounced, now);
            return;
        }

        _announcedAt = now;
        SetRecording(RecordingState.On);
        Note(now, MomentKinds.RecordingAnnounced);
        Note(now, MomentKinds.RecordingStarted, _recordedByUserId);
    }

    /// <summary>Whoever takes part is recorded, and nobody else: begins and ends tracks where that differs.</summary>
    private void SettleTracks()
    {
        foreach (var leg in _legs)
        {
            var isWanted = _recordingState == RecordingState.On
                && leg is { TakesPart: true, AwaySince: null, PhoneHold: false, CannotBeRecorded: false };
            if (isWanted && leg.Track is null)
            {
                leg.Track = new Track(CallIds.Track(Id, ++_tracksMade), leg);
                _tracks.Add(leg.Track);
                _markIsOld = true;
                Do(new CallEffect.Snoop(leg.Track.Id, leg.ChannelId));
            }
            else if (!isWanted)
            {
                EndTrack(leg, isChannelGone: leg.IsGone);
            }
        }
    }

    /// <param name="leg">Whose track it is.</param>
    /// <param name="isChannelGone">True where Asterisk ends it by itself, with the channel that it hears.</param>
    private void EndTrack(Leg leg, bool isChannelGone)
    {
        if (leg.Track is not { } track)
        {
            return;
        }

        (leg.Track, track.IsOver) = (null, true);
        _markIsOld = true;
        Changed();
        if (!isChannelGone)
        {
            Do(new CallEffect.HangUp(track.Id, NormalClearing));
        }
    }

    private void OnSnoopArrived(Track track)
    {
        // Not before: a channel that is still on its way into Stasis cannot be recorded.
        Do(track.IsOver ? new CallEffect.HangUp(track.Id, NormalClearing) : new CallEffect.RecordTrack(track.Id));
    }

    private void OnTrackStarted(string name, DateTimeOffset at, DateTimeOffset now)
    {
        if (FindTrack(name) is { StartedAt: null } track)
        {
            track.StartedAt = at;
            _aheadOfUs = at - now;
            _markIsOld = true;
            Changed();
        }
    }

    // It ends when it was ended, or with its leg, whose own end may come a moment later. Otherwise something is wrong, such as a full
    // disk: the call goes on, and its people are told.
    private void OnTrackOver(Track track, DateTimeOffset? at)
    {
        if (at is not null && track.EndedAt is null)
        {
            track.EndedAt = at;
            Changed();
        }

        if (!track.IsOver && !IsOver)
        {
            track.HasEnded = true;
            Do(new CallEffect.SurveyLater(EndShouldFollow));
        }
    }

    private void OnBrokenTracks(DateTimeOffset now)
    {
        if (_tracks.Exists(track => track is { HasEnded: true, IsOver: false }) && !IsOver)
        {
            FailTracks(now);
        }
    }

    private void FailTracks(DateTimeOffset now)
    {
        foreach (var leg in _legs.Where(leg => leg.Track is { HasEnded: true }))
        {
            leg.CannotBeRecorded = true;
            leg.Track!.IsBroken = true;
            EndTrack(leg, isChannelGone: false);
        }

        if (_recordingState == RecordingState.On && _legs.TrueForAll(leg => leg.Track is null))
        {
            FailRecording(RecordingFailures.Broken, now);
        }
        else
        {
            Note(now, MomentKinds.RecordingFailed, detail: RecordingFailures.Broken);
            Notify(null, NoticeKinds.RecordingFailed, RecordingFailures.Broken, CallParty.Unknown);
        }
    }

    private void OnTrackRefused(string trackId, DateTimeOffset now)
    {
        if (FindTrack(trackId) is { IsOver: false } track && track.Leg.TakesPart && !IsOver)
        {
            track.HasEnded = true;
            FailTracks(now);
        }
    }

    private void FailRecording(string why, DateTimeOffset now)
    {
        SetRecording(RecordingState.Off);
        Note(now, MomentKinds.RecordingFailed, detail: why);
        Notify(null, NoticeKinds.RecordingFailed, why, CallParty.Unknown);
    }

    private void SetRecording(RecordingState state)
    {
        _recordingState = state;
        _markIsOld = true;
        Changed();
    }

    private void EndPause(DateTimeOffset now)
    {
        if (_pauses.Count > 0 && _pauses[^1].To is null)
        {
            _pauses[^1] = _pauses[^1] with { To = now + _aheadOfUs };
        }
    }

    /// <summary>The call is over: what outlives its legs would go on, and nothing is paused any more.</summary>
    private void EndRecording(DateTimeOffset now)
    {
        foreach (var leg in _legs)
        {
            EndTrack(leg, isChannelGone: !leg.GoesBack);
        }

        EndPause(now);
        _recordingState = RecordingState.Off;
    }

    private Track? FindTrack(string id) => _tracks.Find(track => track.Id == id);

    private RecordingMark? ToRecordingMark() => _recordingState == RecordingState.Off && _tracksMade == 0 && _recordingRule == RecordingRule.OnDemand
        ? null
        : new RecordingMark(
            _recordingRule, _recordingState, _recordedByUserId, _announcedAt, _tracksMade, _announcementsMade,
            [.. _tracks.Where(track => !track.IsOver).Select(track => new TrackMark(track.Id, track.Leg.ChannelId, track.StartedAt))],
            _pauses.Count > 0 && _pauses[^1].To is null ? _pauses[^1].From : null);

    private void AdoptRecording(RecordingMark mark)
    {
        (_recordingRule, _recordingState, _recordedByUserId, _announcedAt) = (mark.Rule, mark.State, mark.ByUserId, mark.AnnouncedAt);
        (_tracksMade, _announcementsMade) = (mark.TracksMade, mark.AnnouncementsMade);
        if (mark.PausedSince is { } since)
        {
            _pauses.Add(new RecordingPause(since, To: null));
        }

        foreach (var open in mark.Tracks)
        {
            if (FindLeg(open.LegChannelId) is { } leg)
            {
                _tracks.Add(leg.Track = new Track(open.Id, leg) { StartedAt = open.StartedAt });
            }
        }
    }

    // What was asked for while the application went away, and of which it does not know whether it came about, is asked for anew.
    private void ResumeRecording()
    {
        foreach (var leg in _legs.Where(leg => leg.Track is { StartedAt: null }))
        {
            EndTrack(leg, isChannelGone: false);
        }

        if (_recordingState == RecordingState.Announcing)
        {
            Do(new CallEffect.Announce(_bridgeId, CallIds.Announcement(Id, ++_announcementsMade), _recordingRule.Announcement));
        }
    }
}
