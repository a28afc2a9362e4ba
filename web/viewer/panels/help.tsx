import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useDesk } from '../desk/desk.ts';
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
  { name: 'group.other', families: ['layout', 'sync', 'overlay', 'help'] },
];

/** All keys with what they do; a key that is pressed on can be changed. */
export function Help({ settings, isOpen, onClose }: HelpProps) {
  const { say, traits } = useDesk();
  const [editing, setEditing] = useState<ViewerCommand | null>(null);
  useEffect(() => {
    if (!editing) return;
    const pressed = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      const chord = chordOf(event);
      if (chord === '') return;
      if (chord !== 'Escape') settings.rebind(editing, chord);
      setEditing(null);
    };
    // Before the dialog, which would close itself on Escape.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, [editing, settings]);
  const close = () => {
    setEditing(null);
    onClose();
  };
  const footer = [
    traits.hasKeyEditor && (
      <Button key="restore" onClick={settings.restore}>
        {say('restoreKeys')}
      </Button>
    ),
    <Button key="close" type="primary" onClick={close}>
      {say('close')}
    </Button>,
  ];
  return (
    <Modal
      open={isOpen}
      onCancel={close}
      title={say('command.help.toggle')}
      width={1040}
      centered
      footer={footer}
      destroyOnHidden
    >
      <p className="lzv-help-hint">{say('mouseHint')}</p>
      {traits.hasKeyEditor && <p className="lzv-help-hint">{say('keysHint')}</p>}
      <div className="lzv-help" data-testid="viewer-help">
        {groups.map(({ name, families }) => (
          <section key={name}>
            <h4>{say(name)}</h4>
            {viewerCommands
              .filter((command) => families.includes(command.split('.')[0] as string))
              .map((command) => (
                <p key={command}>
                  <span>{say(`command.${command}`)}</span>
                  <Button
                    size="small"
                    disabled={!traits.hasKeyEditor}
                    type={editing === command ? 'primary' : 'default'}
                    data-key-of={command}
                    onClick={() => setEditing(command)}
                  >
                    {editing === command
                      ? say('pressKey')
                      : settings.keys[command].map(chordText).join(' / ') || say('noKey')}
                  </Button>
                </p>
              ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
