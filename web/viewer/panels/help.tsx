import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { type Desk, useDesk } from '../desk/desk.ts';
import type { KeySettings } from '../desk/use-key-table.ts';
import { chordOf, chordText, type ViewerCommand, viewerCommands } from '../keys.ts';
import type { ViewerText } from '../texts.ts';

interface HelpProps {
  readonly settings: KeySettings;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const groups: readonly { readonly name: ViewerText; readonly families: readonly string[] }[] = [
  { name: 'group.leaf', families: ['image', 'series', 'tile', 'cine'] },
  { name: 'group.tool', families: ['tool', 'measurement'] },
  { name: 'group.view', families: ['view'] },
  { name: 'group.window', families: ['preset'] },
  { name: 'group.other', families: ['follow', 'layout', 'sync', 'lines', 'overlay', 'help'] },
];

/** The commands of a group that mean something here: tools of this mode, and following only among several. */
function commandsOf(families: readonly string[], { traits, company }: Desk): ViewerCommand[] {
  return viewerCommands.filter((command) => {
    const [family = '', what = ''] = command.split('.');
    if (!families.includes(family)) return false;
    if (family === 'tool') return (traits.tools as readonly string[]).includes(what);
    return family !== 'follow' || company !== undefined;
  });
}

/** All keys with what they do; a key that is pressed on can be changed. */
export function Help({ settings, isOpen, onClose }: HelpProps) {
  const desk = useDesk();
  const { say, traits } = desk;
  const [editing, setEditing] = useState<ViewerCommand | null>(null);
  useNextKey(editing, settings, () => setEditing(null));
  const close = () => {
    setEditing(null);
    onClose();
  };
  const restore = (
    <Button key="restore" onClick={settings.restore}>
      {say('restoreKeys')}
    </Button>
  );
  const leave = (
    <Button key="close" type="primary" onClick={close}>
      {say('close')}
    </Button>
  );
  return (
    <Modal
      open={isOpen}
      onCancel={close}
      title={say('command.help.toggle')}
      width={1040}
      centered
      footer={traits.hasKeyEditor ? [restore, leave] : [leave]}
      destroyOnHidden
    >
      <p className="lzv-help-hint">{say('mouseHint')}</p>
      {traits.hasKeyEditor && <p className="lzv-help-hint">{say('keysHint')}</p>}
      <div className="lzv-help" data-testid="viewer-help">
        {groups.map(({ name, families }) => (
          <section key={name}>
            <h4>{say(name)}</h4>
            {commandsOf(families, desk).map((command) => (
              <KeyLine
                key={command}
                command={command}
                chords={settings.keys[command]}
                isEditing={editing === command}
                onEdit={() => setEditing(command)}
              />
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** Gives the next key that is pressed to a command; Escape leaves it as it was. */
function useNextKey(command: ViewerCommand | null, settings: KeySettings, onDone: () => void): void {
  useEffect(() => {
    if (!command) return;
    const pressed = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      const chord = chordOf(event);
      if (chord === '') return;
      if (chord !== 'Escape') settings.rebind(command, chord);
      onDone();
    };
    // Before the dialog, which would close itself on Escape.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, [command, settings, onDone]);
}

interface KeyLineProps {
  readonly command: ViewerCommand;
  readonly chords: readonly string[];
  readonly isEditing: boolean;
  readonly onEdit: () => void;
}

function KeyLine({ command, chords, isEditing, onEdit }: KeyLineProps) {
  const { say, traits } = useDesk();
  return (
    <p>
      <span>{say(`command.${command}`)}</span>
      <Button
        size="small"
        disabled={!traits.hasKeyEditor}
        type={isEditing ? 'primary' : 'default'}
        data-key-of={command}
        onClick={onEdit}
      >
        {isEditing ? say('pressKey') : chords.map(chordText).join(' / ') || say('noKey')}
      </Button>
    </p>
  );
}
